"""Who can be called for what, where and when: contacts, hours, places. Pure: no I/O, no clock."""
