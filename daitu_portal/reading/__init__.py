"""Reads the workbooks and lists that people send: judged first, then in a limited process."""
