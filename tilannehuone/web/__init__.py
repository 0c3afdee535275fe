"""What the server answers beside the pages: files to download and the shared screen's slides."""
