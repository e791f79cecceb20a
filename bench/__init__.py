"""The benchmark: this program beside a bare Flask "hello world"."""
