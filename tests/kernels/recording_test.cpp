// What is written down of launches, for tables and pictures.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "kernels/emulator/recording.hpp"
#include "right.hpp"

namespace gradbook {
namespace {

// By way of shared memory, from the other end: thread i writes place i and reads place 3 - i
__global__ void reverse(const float* x, float* y) {
  __shared__ float held[4];
  held[threadIdx.x] = x[blockIdx.x * 4 + threadIdx.x];
  __syncthreads();
  y[blockIdx.x * 4 + threadIdx.x] = held[3 - threadIdx.x];
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class Recording : public testing::Test {
 protected:
  Recording() : folder_(std::filesystem::temp_directory_path() / "gradbook_recording_test") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    record_launches(folder_.string());
  }
  ~Recording() override {
    record_launches("");
    std::filesystem::remove_all(folder_);
  }

  std::string file(const std::string& name) const { return text_of(folder_ / name); }

 private:
  std::filesystem::path folder_;
};

TEST_F(Recording, HasALineForEachLaunch) {
  const DeviceBuffer<float> x(std::vector<float>(8, 1));
  DeviceBuffer<float> y(8);
  launch(reverse, 2, 4)(x.data(), y.data());
  launch(reverse, 1, 4)(x.data(), y.data());
  const std::string lines = file("launches.tsv");
  EXPECT_NE(lines.find("\t2 × 1 × 1\t4 × 1 × 1\t8\t8\t8\t32\t32\t"), std::string::npos) << lines;
  EXPECT_NE(lines.find("\n2\t"), std::string::npos) << lines;
}

TEST_F(Recording, SaysWhichThreadTouchesWhat) {
  const DeviceBuffer<float> x(std::vector<float>(8, 1));
  DeviceBuffer<float> y(8);
  launch(reverse, 2, 4)(x.data(), y.data());
  const std::string accesses = file("accesses_1.tsv");
  EXPECT_NE(accesses.find("\n0\t3\t1\t3\t1\t0\n"), std::string::npos) << "thread 3 reads x[3]";
  EXPECT_NE(accesses.find("\n0\t3\t0\t3\t1\t1\n"), std::string::npos) << "and writes held[3]";
  EXPECT_NE(accesses.find("\n1\t3\t0\t0\t1\t0\n"), std::string::npos)
      << "after the barrier it reads held[0]";
  EXPECT_NE(accesses.find("\n1\t3\t2\t3\t1\t1\n"), std::string::npos) << "and writes y[3]";
  EXPECT_EQ(std::count(accesses.begin(), accesses.end(), '\n'), 1 + 16)
      << "four accesses of four threads, of the first block alone";
}

TEST_F(Recording, EndsWhenItIsToldTo) {
  const DeviceBuffer<float> x(std::vector<float>(4, 1));
  DeviceBuffer<float> y(4);
  record_launches("");
  launch(reverse, 1, 4)(x.data(), y.data());
  EXPECT_EQ(file("launches.tsv"), "");
}

}  // namespace
}  // namespace gradbook
