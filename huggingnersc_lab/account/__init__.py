"""Who one is on the Hub: which Hub a site means, the tokens, signing in."""
