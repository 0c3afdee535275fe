"""Every form of the meeting database, each as a step from the one before."""
