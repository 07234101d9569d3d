// A language model in one file, written and read.
#include "07_language_models/main_model_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "06_training/bytes.hpp"
#include "06_training/replace_file.hpp"

namespace gradbook {
namespace {

constexpr std::string_view kMark = "gradbook language model";
constexpr std::uint64_t kVersion = 1;

std::string read_all(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Description and parameters; the checksum is what is left
std::pair<ModelDescription, std::string> take_apart(const std::string& bytes) {
  if (bytes.size() < 8 || ByteReader(std::string_view(bytes).substr(bytes.size() - 8)).integer() !=
                              checksum(std::string_view(bytes).substr(0, bytes.size() - 8)))
    throw CheckpointError("it is damaged, or no language model of gradbook");
  ByteReader reader(bytes);
  if (reader.text() != kMark) throw CheckpointError("it is no language model of gradbook");
  if (const std::uint64_t version = reader.integer(); version != kVersion)
    throw CheckpointError("it is of version ", version, ", and this program reads ", kVersion);
  ModelDescription d;
  d.corpus = reader.text();
  d.unit = static_cast<Unit>(reader.integer());
  d.options.cell = static_cast<Cell>(reader.integer());
  d.options.embedding = reader.integer();
  d.options.hidden = reader.integer();
  d.options.vocabulary = reader.integer();
  for (std::size_t i = 0; i < d.options.vocabulary; ++i) d.symbols.push_back(reader.text());
  return {std::move(d), reader.text()};
}

std::vector<NamedMatrix> parameters_of(RnnLM& model) {
  std::vector<NamedMatrix> all;
  for (const auto& [name, parameter] : model.named_parameters())
    all.push_back({name, &parameter->value()});
  return all;
}

}  // namespace

ModelFile::~ModelFile() = default;
ModelFile::ModelFile(std::string path, ModelDescription description)
    : path_(std::move(path)), description_(std::move(description)) {}

bool ModelFile::has_one() const { return std::filesystem::exists(path_); }

void ModelFile::save(const std::vector<NamedMatrix>& matrices) {
  std::vector<NamedMatrix> parameters;
  for (const NamedMatrix& matrix : matrices) {
    if (!matrix.name.starts_with("optimizer.")) parameters.push_back(matrix);
  }
  ByteWriter writer;
  writer.text(kMark);
  writer.integer(kVersion);
  writer.text(description_.corpus);
  writer.integer(static_cast<std::uint64_t>(description_.unit));
  writer.integer(static_cast<std::uint64_t>(description_.options.cell));
  writer.integer(description_.options.embedding);
  writer.integer(description_.options.hidden);
  writer.integer(description_.symbols.size());
  for (const std::string& symbol : description_.symbols) writer.text(symbol);
  writer.text(to_bytes(parameters));
  writer.integer(checksum(writer.bytes()));
  replace_file(path_, writer.bytes());
}

void ModelFile::load(const std::vector<NamedMatrix>& matrices) const {
  from_bytes(take_apart(read_all(path_)).second, matrices);
}

ReadModel read_model(const std::string& path) {
  if (!std::filesystem::exists(path))
    throw CheckpointError(
        "no model has been trained yet: ./gradbook run 07 trains one; there is "
        "no ",
        path);
  try {
    auto [description, parameters] = take_apart(read_all(path));
    Random random(1);  // for numbers that are replaced
    auto model = std::make_unique<RnnLM>(description.options, random);
    from_bytes(parameters, parameters_of(*model));
    model->eval();
    return {std::move(description), std::move(model)};
  } catch (const CheckpointError& error) {
    throw CheckpointError("the model cannot be used: ", error.what(), " (in ", path, ")");
  }
}

}  // namespace gradbook
