#!/bin/bash
# The lint that judges the feeds finds each of many seeded defects, and nothing in a sound feed.
exec /usr/bin/python3 -B "$(dirname "$0")/feed-lint.py" --self-test
