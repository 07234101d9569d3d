#include "06_training/checkpoint.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "06_training/replace_file.hpp"

namespace gradbook {

std::vector<NamedMatrix> everything_in(Module& model, ModuleOptimizer& optimizer) {
  std::vector<NamedMatrix> all;
  for (const auto& [name, parameter] : model.named_parameters())
    all.push_back({name, &parameter->value()});
  for (const auto& [name, matrix] : optimizer.state()) all.push_back({"optimizer." + name, matrix});
  return all;
}

void save_checkpoint(const std::string& path, const std::vector<NamedMatrix>& matrices) {
  replace_file(path, to_bytes(matrices));
}

void load_checkpoint(const std::string& path, const std::vector<NamedMatrix>& matrices) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  // A folder can be opened, and only cannot be read
  if (!file.is_open() || file.bad() || std::filesystem::is_directory(path))
    throw CheckpointError("the checkpoint cannot be read, ",
                          std::strerror(errno != 0 ? errno : EISDIR), ": ", path);
  try {
    from_bytes(bytes, matrices);
  } catch (const CheckpointError& error) {
    throw CheckpointError(error.what(), " (in ", path, ")");
  }
}

CheckpointPlace::~CheckpointPlace() = default;
CheckpointFile::~CheckpointFile() = default;
CheckpointInMemory::~CheckpointInMemory() = default;
CheckpointInMemory::CheckpointInMemory() = default;

CheckpointFile::CheckpointFile(std::string path) : path_(std::move(path)) {}
bool CheckpointFile::has_one() const { return std::filesystem::exists(path_); }
void CheckpointFile::save(const std::vector<NamedMatrix>& matrices) {
  save_checkpoint(path_, matrices);
}
void CheckpointFile::load(const std::vector<NamedMatrix>& matrices) const {
  load_checkpoint(path_, matrices);
}

bool CheckpointInMemory::has_one() const { return !bytes.empty(); }
void CheckpointInMemory::save(const std::vector<NamedMatrix>& matrices) {
  bytes = to_bytes(matrices);
}
void CheckpointInMemory::load(const std::vector<NamedMatrix>& matrices) const {
  from_bytes(bytes, matrices);
}

}  // namespace gradbook
