"""Slurs, as hashes: so that the check knows them and nobody has to read them here.

Each is the first 16 hex digits of SHA-256 of the word without its ending, folded as in `bot.flows.reading`. A further
one is hashed outside (`fold`, then `hashlib.sha256(…).hexdigest()[:16]`), so that the word itself stands in no file.
"""

from typing import Final

SLURS: Final = frozenset(
    (
        "03f153bf4c417c34 07e59796754b707b 08a841e996781e9e 0eb0f3769c1ee596 0fef90ef140b169c "
        "120f6e5b4ea32f65 133fa6dfc6bf165a 158869a97379229b 16b8bcb36592baf5 16ea09fc78ca83ca "
        "1f346afaa438658c 20d682eed78fe481 22fc75e65a0e9d34 23e5ee69cbba80bb 249c750c4b6f3647 "
        "2a78bfafdf155663 2dab050c671b6e92 3175bf0638675a5b 333f7618092958c7 3b1e0d7c5dd45583 "
        "3fbafee7c1c7d48e 41241371f5e16849 44c978570d86a259 4d6af76dab894136 566f532d486c9477 "
        "5e02602b7569c2c2 5e937513c637681f 6f72ff366170529a 7e087cecd832de0b 7ef8ddb05876dde2 "
        "7fe3024ca43b5157 84105992682cfadf 85eaf9757ceed9f9 88a6fe8554350d23 89919e5872e26571 "
        "8b0ee817aa29e6df 8f5083e3e5c7dc89 9352ae3f7358cf5c 952582c9ecc03851 9915ba2d822280f2 "
        "9ae315a94e428a7e a494b6b0818e98c1 a511c0753b1214eb a677c506e81d5d31 a89b73ffc148fc43 "
        "b04913c031b76140 b0b9a43e20476060 b595769b1d18e124 ba1c464e18573b1f ba2b2ab26899e096 "
        "bd859642e4f2a81e c3de533e9b7fe63b c40f03eebac2c030 c61ed06c6a0e8390 c88b0f083353d3c4 "
        "ca13dc5903d5c046 cc02032349c833ac cfdd4b20e1e84cc8 d0109a9978e64510 d0697d49cbca024f "
        "d284c1e19c4d757c d570d7068718ef5d d59e0ea543ce87a7 d5ebe71514c411d4 d75a838dc758ba17 "
        "d7bfe603ea71cd89 da69246f4920f2f8 da6fb367b155d54c dbefb82c9327d3fa dc675e448132fd2a "
        "e14a747f150b845a ea5f6c2d509b521d ecda9ca8283ea184 eef3bd091670c344 ef957794e209917b "
        "f9d0d9b18ae9033a ff5f501171d195d4 "
    ).split()
)
