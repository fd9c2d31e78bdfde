"""Words on a command line: options, one file per command, one error boundary. No arithmetic."""
