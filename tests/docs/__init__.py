"""Documents that cannot rot: what they show is run, what they name exists, what they list is complete."""
