"""Partner finding: who to work with and why, how to be introduced, and who tried a method before."""
