"""The engines that read scanned pages, and which of them this machine has."""
