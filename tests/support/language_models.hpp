/// @file
/// Recurrent language models in hidden cases: drawn, and observed.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "07_language_models/rnn_lm.hpp"
#include "support/modules.hpp"

namespace gradbook {

/// What a kind of cell is called in feedback.
inline const char* name_of(Cell cell) {
  return cell == Cell::rnn ? "RNN" : cell == Cell::gru ? "GRU" : "LSTM";
}

/// n symbols of V that go in.
inline std::vector<Label> drawn_symbols(const std::string& label, std::size_t n,
                                        std::size_t vocabulary) {
  std::vector<Label> symbols;
  for (std::size_t i = 0; i < n; ++i)
    symbols.push_back(draw_integer(0, static_cast<Label>(vocabulary) - 1));
  return input(label, symbols);
}

/// Observes all parameters of a model, and their gradients where they have one.
inline void observe_parameters(const std::string& when, Module& model, Tolerance tolerance) {
  for (const auto& [name, parameter] : model.named_parameters()) {
    observe(fmt::format("{}, {}", name, when), parameter->value(), tolerance);
    if (parameter->has_gradient())
      observe(fmt::format("gradient of {}, {}", name, when), parameter->grad(), tolerance);
  }
}

}  // namespace gradbook
