"""A large guide in the form of seed files, made of the words of the shipped one."""

import random
from pathlib import Path

ROOT = Path(__file__).parent.parent


def write_large_guide(seeds: Path, sections: int, passages: int = 4, words: int = 80) -> Path:
    """Write a guide to `seeds/large`: sections, passages in each and words in those.

    It is the same at every call.
    """
    source = (ROOT / "seeds/us-japan-security-treaty/source.txt").read_text(encoding="utf-8")
    vocabulary = [word for word in source.split() if word.isalpha()]
    chance = random.Random(1)
    folder = seeds / "large"
    folder.mkdir(parents=True)
    (seeds / "topics.yaml").write_bytes((ROOT / "seeds/topics.yaml").read_bytes())
    with (folder / "guide.md").open("w", encoding="utf-8") as guide:
        guide.write("---\nslug: large\ntitle: A Large Guide\nlanguage: en\nsummary: For measuring.\ntopics:\n")
        guide.writelines(f"  part-{n}: [economy-and-trade]\n" for n in range(sections))
        guide.write("---\n")
        for n in range(sections):
            guide.write(f"\n## Part {n} {{#part-{n}}}\n")
            guide.writelines(f"\n{' '.join(chance.choices(vocabulary, k=words))}.\n" for _ in range(passages))
    return folder
