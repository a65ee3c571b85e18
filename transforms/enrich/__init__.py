"""What an address or a host name tells beyond itself."""
