"""What the athlete did: reading and writing logs, and importing recordings of watches and apps."""
