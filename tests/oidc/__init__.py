"""A login with a real OpenID Connect provider on loopback, and what it must keep out, tried from outside."""
