// A corpus as numbers, or a sentence about why it cannot be.
#include "07_language_models/main_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "00_course/program.hpp"
#include "07_language_models/corpus.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kFewest = 40;  // symbols, so that the last tenth is some

Corpus corpus_for(const ProgramOptions& options) {
  try {
    if (!options.corpus.empty()) return read_corpus(options.corpus);
    const char* data = std::getenv(kDataFolder);
    return sonnets(std::string(data != nullptr ? data : ".") + "/sonnets.txt");
  } catch (const CorpusError& error) {
    throw Refusal(error.what());
  }
}

}  // namespace

std::string LmText::text(std::span<const Label> ids) const {
  return text_of(vocabulary.decode(ids), unit);
}

LmText read_text(const ProgramOptions& options) {
  Corpus corpus = corpus_for(options);
  if (!corpus.notice.empty()) fmt::print("{}\n\n", corpus.notice);
  const auto symbols = symbols_of(corpus.text, options.unit);
  LmText text{std::move(corpus.name), options.unit, Vocabulary(symbols), {}};
  if (text.vocabulary.size() < 2)
    throw Refusal(fmt::format("{} has a vocabulary of {}: with one {} there is nothing to predict",
                              text.name, text.vocabulary.size(), text.symbol()));
  if (corpus.text.find('\n') >= corpus.text.size() - 1)
    throw Refusal(fmt::format("{} has only one line: give it a text of several", text.name));
  if (symbols.size() < kFewest)
    throw Refusal(fmt::format("{} has {} {}s: at least {} are needed to learn from", text.name,
                              symbols.size(), text.symbol(), kFewest));
  text.parts = split(text.vocabulary.encode(symbols));
  return text;
}

}  // namespace gradbook
