# SPDX-License-Identifier: MIT
"""libwinback from Python."""
