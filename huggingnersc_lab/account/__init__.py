"""The user's account on the Hub: which Hub a site uses, tokens, sign-in."""
