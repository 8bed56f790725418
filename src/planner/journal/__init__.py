"""What was really done: reading and writing an athlete's log, and what watches and apps recorded."""
