"""What tests need from the machine: a browser, Node.js, LibreOffice. Nothing here skips a test."""
