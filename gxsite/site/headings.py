"""The head of a printed table: headings over headings."""

from __future__ import annotations

from gxsite.site.views import HeadCell


class Head:
    """The head of a table: one path of headings above each column, equal neighbours of a level joined."""

    def __init__(self, paths: list[tuple[str, ...]], prefix: str) -> None:
        self.paths = paths
        self.prefix = prefix
        self.levels = max(len(path) for path in paths)
        # How many levels span the whole table: they say nothing about a single column.
        self.spanned = sum(len({path[: n + 1] for path in paths}) == 1 for n in range(min(len(p) for p in paths) - 1))
        self.rows = tuple(self._level(level) for level in range(self.levels))

    def words(self, column: int) -> tuple[str, ...]:
        """The headings above a column that tell it from others, its own last."""
        return self.paths[column][self.spanned :]

    def ids(self, column: int) -> str:
        """The ids of all headings above a column."""
        return " ".join(self._id(level, self._first(level, column)) for level in range(len(self.paths[column])))

    def _id(self, level: int, column: int) -> str:
        return f"{self.prefix}-{level + 1}-{column + 1}"

    def _first(self, level: int, column: int) -> int:
        """The leftmost column that shares the heading of a level."""
        path = self.paths[column]
        while column and level < len(path) - 1 and self.paths[column - 1][: level + 1] == path[: level + 1]:
            column -= 1
        return column

    def _level(self, level: int) -> tuple[HeadCell, ...]:
        cells = []
        for column, path in enumerate(self.paths):
            if level < len(path) and self._first(level, column) == column:
                is_label = level == len(path) - 1
                width = sum(
                    level < len(p) and self._first(level, i) == column
                    for i, p in enumerate(self.paths[column:], column)
                )
                height = self.levels - level if is_label else 1
                cells.append(HeadCell(path[level], width, height, self._id(level, column)))
        return tuple(cells)
