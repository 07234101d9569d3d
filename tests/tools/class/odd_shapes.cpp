#include "tools/class/odd_shapes.hpp"

#include <sys/stat.h>

#include <functional>

namespace gradbook {
namespace {

using Make = void (*)(const fs::path& at, const FilesByPath& files, const fs::path& book);

const fs::path kSort = "modules/02_scalar/exercises/02_topological_sort.cpp";
const fs::path kLoss = "modules/02_scalar/exercises/08_loss.cpp";
const fs::path kOptimizer = "modules/02_scalar/exercises/09_optimizer.cpp";

fs::path with_ending(const fs::path& at, const char* ending) { return at.string() + ending; }

void write_files(const fs::path& at, const FilesByPath& files) {
  for (const auto& [path, bytes] : files) {
    fs::create_directories((at / path).parent_path());
    write_atomically(at / path, bytes);
  }
}

// 2.2 is a link to the solution, 2.8 one to itself, 2.9 a pipe that nobody writes to
void links(const fs::path& at, const FilesByPath& files, const fs::path& book) {
  write_files(at, files);
  for (const fs::path& file : {kSort, kLoss, kOptimizer}) fs::remove(at / file);
  fs::create_symlink(book / "solutions/02_scalar/02_topological_sort.cpp", at / kSort);
  fs::create_symlink(kLoss.filename(), at / kLoss);
  if (mkfifo((at / kOptimizer).c_str(), 0644) != 0)
    throw UserError("cannot make a pipe in " + at.string());
}

// The same links in an archive, and a folder that is one to the solutions
void packed_links(const fs::path& at, const FilesByPath& files, const fs::path& book) {
  Pack pack(with_ending(at, ".tar.gz"));
  for (const auto& [path, bytes] : files) {
    if (path != kSort && path != kLoss) pack.add(path, bytes);
  }
  pack.add_link(kSort, (book / "solutions/02_scalar/02_topological_sort.cpp").string());
  pack.add_link("here", (book / "solutions").string());
  pack.add("here/02_scalar/08_loss.cpp", "#error \"written through a link\"\n");
}

// Names that lead out of the folder that they are unpacked into
void climbing(const fs::path& at, const FilesByPath& files, const fs::path& book) {
  Pack pack(with_ending(at, ".zip"));
  for (const auto& [path, bytes] : files) {
    if (path != kSort && path != kLoss) pack.add(path, bytes);
  }
  pack.add("../../../../../../../../tmp/gradbook_climbed", "I got out\n");
  pack.add("../perfect/" + kSort.string(), "#error \"written over another's file\"\n");
  pack.add((book / "solutions/02_scalar/08_loss.cpp").string(), "#error \"an absolute path\"\n");
}

// Small on disk and large in memory: a file of an exercise, and much besides
void bomb(const fs::path& at, const FilesByPath& files, const fs::path&) {
  Pack pack(with_ending(at, ".zip"));
  for (const auto& [path, bytes] : files) {
    if (path != kSort) pack.add(path, bytes);
  }
  pack.add_zeros(kSort, 256u << 20);
}

void encrypted(const fs::path& at, const FilesByPath& files, const fs::path&) {
  Pack(with_ending(at, ".zip"), "secret").add_all(files);
}

// The upload broke off in the middle
void corrupt(const fs::path& at, const FilesByPath& files, const fs::path&) {
  const fs::path path = with_ending(at, ".tar.gz");
  Pack(path).add_all(files);
  fs::resize_file(path, fs::file_size(path) / 2);
}

const std::map<std::string, Make>& makers() {
  static const std::map<std::string, Make> all = {
      {"links", links}, {"packed links", packed_links}, {"climbing", climbing},
      {"bomb", bomb},   {"encrypted", encrypted},       {"corrupt", corrupt}};
  return all;
}

}  // namespace

bool is_odd_shape(const std::string& shape) { return makers().count(shape) != 0; }

void make_odd_shape(const std::string& shape, const fs::path& at, const FilesByPath& files,
                    const fs::path& book) {
  makers().at(shape)(at, files, book);
}

}  // namespace gradbook
