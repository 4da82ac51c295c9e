"""Pictures in the terminal. What a screen needs:

- `source.PictureSource.of_take(project, take)` says which picture is meant, and where its small copies lie.
- `picture.PictureView` shows one as large as its room allows: `show`, `clear`, `prefetch`.
- `thumbnail.Thumbnail` is one box of a grid: a fixed size, `show`, rows of words below; made to be given another take
  as often as the artist scrolls.
- `darkroom.Darkroom` is shared by all of them: the cache, the threads, `keep_small` for what has landed, `words` for
  the status line. There is one in every app.
"""
