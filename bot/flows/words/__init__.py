"""Word lists that people of the field can read and extend, and the small machines that look for them in a message."""
