#include "07_language_models/vocabulary.hpp"

namespace gradbook {
namespace {

bool joins_left(const std::string& symbol) {
  return symbol == "\n" || symbol == "," || symbol == "." || symbol == ";" || symbol == ":" ||
         symbol == "!" || symbol == "?" || symbol == ")";
}

}  // namespace

std::string text_of(std::span<const std::string> symbols, Unit unit) {
  std::string text;
  for (const std::string& symbol : symbols) {
    const bool apart = unit == Unit::word && !text.empty() && text.back() != '\n' &&
                       text.back() != '(' && !joins_left(symbol);
    if (apart) text += ' ';
    text += symbol;
  }
  return text;
}

}  // namespace gradbook
