/// @file
/// Who takes part in `bench matmul`, and what came out: all that its two halves share, the one that
/// knows kernels and the one that prints.
#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace gradbook::bench {

/// Of what inputs are made. Sums have 32 bits in all cases.
enum class Numbers {
  float32,  ///< 24 significant bits
  float16,  ///< 11, as 9.12 takes them
  bfloat16  ///< 8
};

/// What an emulated launch asked of memory.
struct Counts {
  double reads = 0;    ///< of device memory by a thread, for each element of C
  double bytes = 0;    ///< that these brought, for each element of C
  long conflicts = 0;  ///< how often a request of shared memory waited for a bank
  long barriers = 0;   ///< __syncthreads, counted once a block
};

/// What came out for one rung.
struct Row {
  std::string rung = {};               ///< its name, as the chapter has it
  int size = 0;                        ///< rows and columns of all three matrices
  Numbers numbers = Numbers::float32;  ///< that it multiplies
  bool is_cublas = false;              ///< it is what the others are compared with
  std::string absent = {};             ///< why it takes no part; else empty
  std::string finding = {};            ///< why its result or its time is worth nothing; else empty
  double median_ms = 0;                ///< of the timed runs, on a GPU
  double min_ms = 0;                   ///< likewise
  double roof = 0;                     ///< share of what the card can do at most; 0: not known
  std::optional<Counts> counts = {};   ///< on the emulator
};

/// What became of one that cheats.
struct Trial {
  std::string cheat;    ///< what it does
  std::string finding;  ///< what the harness says of it; empty where it was taken in
  bool caught = false;  ///< by the step that was to catch it
};

/// There is no GPU that this program could use.
class NoDevice : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Whether this program was compiled for a GPU: then it measures time, else it counts.
bool is_for_gpu();

/// The device, in a line. @throws NoDevice  where this is for a GPU and none can be used
std::string about_device();

/// Which cuBLAS it is, in a line, or that there is none.
std::string about_cublas();

/// The sizes that are measured where nobody says otherwise.
std::vector<int> usual_sizes();

/// The largest size that this device can be asked for.
int largest_size();

/// The names of all that take part.
std::vector<std::string> rung_names();

/// The names of all that cheat.
std::vector<std::string> cheat_names();

/// Lets all rungs multiply the same square matrices, those of cuBLAS first.
/// @param size     rows and columns, at least 1
/// @param planted  the name of a cheat that takes part as if it were a rung; empty: none does
/// @param done     is called with each row, once it is there
void compete(int size, const std::string& planted, const std::function<void(const Row&)>& done);

/// Lets those take part who cheat, each in another way.
/// @param accused  the name of a rung that is said to cheat as well; empty: none is
/// @param done     is called with each, once it was tried
void try_cheats(const std::string& accused, const std::function<void(const Trial&)>& done);

}  // namespace gradbook::bench
