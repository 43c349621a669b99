"""What the stand-ins are made of, and the director (stage.py) that starts them."""
