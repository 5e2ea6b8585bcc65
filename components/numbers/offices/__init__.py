"""One module for each office family, over what they share: kind codes, check digits, forms for the screen."""
