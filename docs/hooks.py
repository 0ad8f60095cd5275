"""What MkDocs itself cannot be told: the language of the pages as browsers and screen readers know it."""


def on_post_page(output: str, **_: object) -> str:
    """A page of the manual."""
    return output.replace('lang="zh_CN"', 'lang="zh-CN"', 1)


def on_post_template(output_content: str, **_: object) -> str:
    """404.html."""
    return on_post_page(output_content)
