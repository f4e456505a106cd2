"""From a Book to a Script: quotes, characters, speakers, each a step of its own."""
