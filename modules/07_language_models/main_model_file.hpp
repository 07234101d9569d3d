/// @file
/// A language model in one file: its sizes, its vocabulary, its parameters.
#pragma once

#include <memory>
#include <string>

#include "06_training/checkpoint.hpp"
#include "07_language_models/rnn_lm.hpp"
#include "07_language_models/vocabulary.hpp"

namespace gradbook {

/// What a model has to have beside it to be used again.
struct ModelDescription {
  RnnLMOptions options;              ///< sizes and kind
  Unit unit;                         ///< what is one symbol
  std::vector<std::string> symbols;  ///< its vocabulary, in the order of its numbers
  std::string corpus;                ///< the name of what it has learnt
};

/// Where training keeps its best: the description, then the parameters as exercise 6.7 writes them.
/// What the optimiser remembers is left out, for nothing goes on from there.
class ModelFile final : public CheckpointPlace {
 public:
  ~ModelFile() override;
  /// @param path         of the file
  /// @param description  of the model that is saved to it
  ModelFile(std::string path, ModelDescription description);
  bool has_one() const override;
  void save(const std::vector<NamedMatrix>& matrices) override;
  void load(const std::vector<NamedMatrix>& matrices) const override;

 private:
  std::string path_;
  ModelDescription description_;
};

/// A model that was read.
struct ReadModel {
  ModelDescription description;  ///< what the file says of it
  std::unique_ptr<RnnLM> model;  ///< in evaluation
};

/// Reads what ModelFile has saved. @throws CheckpointError  where it is not there, is damaged, or
/// is something else
ReadModel read_model(const std::string& path);

}  // namespace gradbook
