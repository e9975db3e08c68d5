"""Cases: the clearing procedure, escalation, promises, and the coordinator's side of the conversation; pure."""
