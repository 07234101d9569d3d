// Three passages side by side, and which is which.
#include "07_language_models/main_samples.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "00_course/output.hpp"
#include "07_language_models/generate.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kLines = 10, kWidth = 25, kSymbols = 400;

std::size_t characters(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
}

// A text in lines of at most kWidth characters; what goes on is indented
std::vector<std::string> wrapped_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream input(text);
  for (std::string line; std::getline(input, line);) {
    std::istringstream words(line);
    std::string row;
    for (std::string word; words >> word;) {
      if (!row.empty() && characters(row) + 1 + characters(word) > kWidth) {
        lines.push_back(row);
        row = " ";
      }
      row += (row.empty() ? "" : " ") + word;
    }
    lines.push_back(row);
  }
  lines.resize(kLines);
  return lines;
}

std::string padded(const std::string& text) {
  const std::size_t n = characters(text);
  return text + std::string(n < kWidth ? kWidth - n : 0, ' ');
}

// From the beginning of a line of the held-out text on
std::string real_passage(const LmText& text, Label line_break, Random& random) {
  const std::span<const Label> held = text.parts.held_out;
  std::vector<std::size_t> beginnings;  // with room for a passage after them, where there is any
  for (std::size_t i = 0; i + 1 < held.size(); ++i) {
    if (held[i] == line_break && held[i + 1] != line_break &&
        (beginnings.empty() || i + kSymbols < held.size()))
      beginnings.push_back(i + 1);
  }
  const std::size_t from = beginnings.empty() ? 0 : beginnings[random.below(beginnings.size())];
  return text.text(held.subspan(from, std::min(kSymbols, held.size() - from)));
}

}  // namespace

void print_samples(const LmText& text, const BestNgram& ngram, RnnLM& network,
                   const ProgramOptions& options) {
  Random random(options.seed);
  const std::string break_symbol[] = {"\n"};
  const std::vector<Label> beginning = text.vocabulary.encode(break_symbol);
  struct Sample {
    std::string who;
    std::string text;
  };
  std::array<Sample, 3> samples = {
      Sample{"the text itself", real_passage(text, beginning[0], random)},
      Sample{fmt::format("the {}-gram", ngram.counts->order()),
             text.text(draw_from(ngram, beginning, kSymbols, random))},
      Sample{"the network",
             text.text(generate(network, beginning, kSymbols, options.sampling, random))}};
  for (std::size_t i = samples.size(); i > 1; --i)
    std::swap(samples[i - 1], samples[random.below(i)]);

  std::string page = fmt::format("Which of these is of {}?\n\n", text.name);
  for (const char* name : {"A", "B", "C"}) page += padded(name) + (name[0] == 'C' ? "\n" : "  ");
  std::array<std::vector<std::string>, 3> columns;
  std::ranges::transform(samples, columns.begin(),
                         [](const Sample& s) { return wrapped_lines(s.text); });
  for (std::size_t line = 0; line < kLines; ++line)
    page += fmt::format("{}  {}  {}\n", padded(columns[0][line]), padded(columns[1][line]),
                        columns[2][line]);
  page += fmt::format("\nA is of {}, B of {}, C of {}.\n", samples[0].who, samples[1].who,
                      samples[2].who);
  fmt::print("\n{}", page);
  Output file(options.folder / "samples.txt");
  file.print("{}", page);
  file.close();
}

}  // namespace gradbook
