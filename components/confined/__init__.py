"""Processes of their own for what opens hostile files: bounded, without secrets, ended from outside.

Nothing is imported here: what starts such a process, and what runs in it, must load quickly. Others take `processes`.
"""
