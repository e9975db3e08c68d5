"""KommA-Lotse: a chatbot that walks municipal staff through what to do when they are attacked, and stays with them."""
