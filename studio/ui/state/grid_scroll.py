"""Where the cells of a grid lie: which are in view, where the cursor is, and how neither moves by itself. Pure."""

from __future__ import annotations


class GridScroll:
    """Places of `count` items in `columns`, of which `rows` are in view. The first row may begin with `lead` empty
    places, so that items put in above what is looked at leave it where it is.
    """

    def __init__(self) -> None:
        self.count = 0
        self.columns = 1
        self.rows = 1
        self.cursor = 0
        """Number of the item under the cursor, from 0."""
        self.top = 0
        """The first row in view."""
        self.lead = 0

    def fit(self, columns: int, rows: int) -> None:
        """Another size of the view; the cursor stays in its row of the view as far as that goes."""
        if (columns, rows) == (self.columns, self.rows):
            return
        height = self.row_of(self.cursor) - self.top
        self.columns, self.rows, self.lead = max(1, columns), max(1, rows), 0
        self._show_near(height)

    def use(self, count: int, cursor: int) -> None:
        """Other items; the view is about the cursor."""
        height = self.row_of(self.cursor) - self.top
        self.count, self.cursor, self.lead = count, max(0, min(cursor, count - 1)), 0
        self._show_near(height)

    def inserted(self, at: int) -> bool:
        """One more item at a number. False when that would move something in view; then nothing has changed."""
        first, last = self.first, self.last
        if not self.count:
            self.count, self.cursor = 1, 0
            return True
        if first < at <= last:
            return False
        self.count += 1
        if at <= self.cursor:
            self.cursor += 1
        if at <= first:
            if self.lead:
                self.lead -= 1
            else:
                self.lead = self.columns - 1
                self.top += 1
        return True

    def squeezed_in(self, at: int) -> None:
        """One more item at a number, whatever moves: the artist wants it there."""
        self.count += 1
        if at <= self.cursor and self.count > 1:
            self.cursor += 1

    def removed(self, at: int) -> None:
        """One item fewer. When it was under the cursor, the one after it is now."""
        self.count -= 1
        if at < self.cursor:
            self.cursor -= 1
        self.cursor = max(0, min(self.cursor, self.count - 1))
        if at < self.first:
            # What is in view keeps its place; the gap opens in front.
            if self.lead < self.columns - 1:
                self.lead += 1
            else:
                self.lead = 0
                self.top -= 1
        if self.top >= self.row_count:
            self.top = self.most
        self.reveal()

    def move(self, by: int) -> bool:
        """So many items further; False at an end."""
        return self.go(self.cursor + by)

    def move_rows(self, by: int) -> bool:
        """So many rows further, in the same column as far as there is one."""
        target = self.cursor + by * self.columns
        if target >= self.count and self.row_of(self.cursor) < self.row_of(self.count - 1):
            target = self.count - 1
        if target < 0 and self.row_of(self.cursor) > 0:
            target = 0
        return 0 <= target < self.count and self.go(target)

    def go(self, number: int) -> bool:
        """To an item; past an end to the end itself. False when the cursor is there already."""
        number = max(0, min(number, self.count - 1))
        moved = number != self.cursor
        self.cursor = number
        self.reveal()
        return moved

    def to_first(self) -> None:
        """To the first item, and no gap in front of it."""
        self.lead = self.top = self.cursor = 0

    def scroll(self, rows: int) -> bool:
        """Look further up or down; the cursor stays where it is. False at an end."""
        before = self.top
        self._show_from(self.top + rows)
        return self.top != before

    def reveal(self) -> None:
        """Scroll as little as brings the cursor into view."""
        row = self.row_of(self.cursor)
        self._show_from(min(row, max(self.top, row - self.rows + 1)))

    def row_of(self, number: int) -> int:
        """The row of an item."""
        return (number + self.lead) // self.columns

    def item_at(self, column: int, row: int) -> int | None:
        """The item in a place of the view, or None where there is none."""
        number = (self.top + row) * self.columns + column - self.lead
        return number if 0 <= number < self.count else None

    @property
    def first(self) -> int:
        """The first item in view."""
        return max(0, self.top * self.columns - self.lead)

    @property
    def last(self) -> int:
        """The last item in view; less than `first` when there is none."""
        return min(self.count, (self.top + self.rows) * self.columns - self.lead) - 1

    @property
    def row_count(self) -> int:
        """How many rows all items take."""
        return -(-(self.count + self.lead) // self.columns) if self.count else 0

    @property
    def most(self) -> int:
        """The first row in view when all the way down."""
        return max(0, self.row_count - self.rows)

    def _show_near(self, height: int) -> None:
        """The cursor at a height of the view, as far as that goes."""
        row = self.row_of(self.cursor)
        self.top = max(0, min(row - min(max(height, 0), self.rows - 1), self.most))

    def _show_from(self, top: int) -> None:
        # With rows put in above, the view may stand lower than there is need for; it is not pushed up for that.
        self.top = max(0, min(top, max(self.most, self.top)))
