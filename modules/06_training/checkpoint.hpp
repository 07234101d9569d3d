/// @file
/// Matrices saved to a file, so that training goes on where it was stopped.
///
/// The format, version 1; integers and reals have 8 bytes, the lowest first, and a text is its
/// length and its bytes:
///
///     text     "gradbook checkpoint"
///     integer  the version, 1
///     integer  how many matrices follow
///     each     text its name, integer rows, integer columns, then rows · columns reals, row by row
///     integer  checksum of all bytes before
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "05_modules/optimizer.hpp"
#include "06_training/bytes.hpp"

namespace gradbook {

inline constexpr std::string_view kCheckpointMark =
    "gradbook checkpoint";                              ///< what a file begins with
inline constexpr std::uint64_t kCheckpointVersion = 1;  ///< of the format above

// ---- exercise 6.7 -------------------------------------------------------------------------------

/// The matrices in the format above.
std::string to_bytes(const std::vector<NamedMatrix>& matrices);

/// Reads what to_bytes wrote into matrices of the same names in the same order. One that has no
/// elements yet takes any shape, as the state of an optimiser has before its first step; another
/// must have the shape that was saved, or have none saved.
/// @throws CheckpointError  where it is truncated or longer than it says, is no checkpoint, is of a
///                          newer version, was damaged, or has other names or shapes: the message
///                          says what was found and what was expected. Then no matrix has changed
void from_bytes(std::string_view bytes, const std::vector<NamedMatrix>& matrices);

// ---- given --------------------------------------------------------------------------------------

/// What of a model and its optimiser has to be saved: the parameters by their names, and
/// "optimizer." with the optimiser's state.
std::vector<NamedMatrix> everything_in(Module& model, ModuleOptimizer& optimizer);

/// Writes them to a file by replace_file: the old checkpoint is there or the new one, never half of
/// one.
/// @throws CheckpointError  where it cannot be written, with the reason and the path
void save_checkpoint(const std::string& path, const std::vector<NamedMatrix>& matrices);

/// Reads a file into the matrices. @throws CheckpointError  as from_bytes, with the path
void load_checkpoint(const std::string& path, const std::vector<NamedMatrix>& matrices);

/// Where a checkpoint is kept.
class CheckpointPlace {
 public:
  virtual ~CheckpointPlace();

  /// Whether something was saved.
  virtual bool has_one() const = 0;

  /// Keeps these matrices in place of what was there. @throws CheckpointError
  virtual void save(const std::vector<NamedMatrix>& matrices) = 0;

  /// Reads what was saved into the matrices. @throws CheckpointError  as from_bytes
  virtual void load(const std::vector<NamedMatrix>& matrices) const = 0;
};

/// In a file.
class CheckpointFile final : public CheckpointPlace {
 public:
  ~CheckpointFile() override;
  /// @param path  of the file, which need not be there yet
  explicit CheckpointFile(std::string path);
  bool has_one() const override;
  void save(const std::vector<NamedMatrix>& matrices) override;
  void load(const std::vector<NamedMatrix>& matrices) const override;

 private:
  std::string path_;
};

/// In memory, which ends with the program.
class CheckpointInMemory final : public CheckpointPlace {
 public:
  ~CheckpointInMemory() override;
  CheckpointInMemory();
  bool has_one() const override;
  void save(const std::vector<NamedMatrix>& matrices) override;
  void load(const std::vector<NamedMatrix>& matrices) const override;

  std::string bytes;  ///< what to_bytes gave; none before
};

}  // namespace gradbook
