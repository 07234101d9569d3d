// The given code of checkpoints: numbers as bytes, and a file that is replaced whole or not at all.
#include "06_training/bytes.hpp"

#include <gmock/gmock.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "06_training/replace_file.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

// A folder that goes with the test
class ReplaceFile : public testing::Test {
 protected:
  ReplaceFile() {
    std::string pattern = testing::TempDir() + "replace_file.XXXXXX";
    folder_ = mkdtemp(pattern.data());
    file_ = folder_ / "model.checkpoint";
  }
  ~ReplaceFile() override {
    std::error_code ignored;
    fs::permissions(folder_, fs::perms::owner_all, ignored);
    fs::remove_all(folder_, ignored);
  }

  std::string content() const {
    std::ifstream file(file_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  // What another process that does this comes to: its exit status, or minus the signal
  template <class Work>
  static int in_another_process(Work&& work) {
    const pid_t pid = fork();
    if (pid == 0) _exit(work());
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }

  fs::path folder_, file_;
};

TEST(Bytes, AreTheLowestFirstAndComeBack) {
  ByteWriter writer;
  writer.integer(0x0102030405060708);
  writer.real(-0.5);
  writer.text("Ωb");
  EXPECT_EQ(writer.bytes().substr(0, 8), "\x08\x07\x06\x05\x04\x03\x02\x01");
  EXPECT_EQ(writer.bytes().substr(8, 8), std::string("\0\0\0\0\0\0\xe0\xbf", 8));
  EXPECT_EQ(writer.bytes().size(), 8u + 8 + 8 + 3);
  ByteReader reader(writer.bytes());
  EXPECT_EQ(reader.integer(), 0x0102030405060708u);
  EXPECT_EQ(reader.real(), -0.5);
  EXPECT_EQ(reader.text(), "Ωb");
  EXPECT_EQ(reader.left(), 0u);
}

TEST(Bytes, SayWhatIsMissing) {
  ByteReader reader("1234567");
  EXPECT_THAT(message_of<CheckpointError>([&] { reader.integer(); }),
              AllOf(StartsWith("truncated"), HasSubstr("7 bytes"), HasSubstr("8 are needed")));
  EXPECT_EQ(reader.left(), 7u) << "what is not there is not taken either";
  ByteWriter endless;
  endless.integer(std::uint64_t(-1));
  ByteReader text(endless.bytes());
  EXPECT_THROW(text.text(), CheckpointError) << "a length that no memory has";
}

TEST(Checksum, IsTheOneOfItsAuthors) {
  // From the tables of RFC 9923
  EXPECT_EQ(checksum(""), 0xcbf29ce484222325u);
  EXPECT_EQ(checksum("a"), 0xaf63dc4c8601ec8cu);
  EXPECT_EQ(checksum("foobar"), 0x85944171f73967e8u);
}

TEST_F(ReplaceFile, WritesAndReplaces) {
  const std::string large(3'000'001, 'x');
  replace_file(file_, "old");
  EXPECT_EQ(content(), "old");
  replace_file(file_, large);
  EXPECT_EQ(content(), large);
  EXPECT_EQ(files(), 1u) << "nothing is left beside it";
}

TEST_F(ReplaceFile, TakesANameWithoutAFolder) {
  const int left = in_another_process([&] {
    fs::current_path(folder_);
    replace_file("model.checkpoint", "here");
    return 0;
  });
  EXPECT_EQ(left, 0);
  EXPECT_EQ(content(), "here");
}

TEST_F(ReplaceFile, KeepsTheOldOneWhereTheFileWouldBeTooLarge) {
  replace_file(file_, "old");
  const int left = in_another_process([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1000, 1000};
    setrlimit(RLIMIT_FSIZE, &limit);
    const std::string says =
        message_of<CheckpointError>([&] { replace_file(file_, std::string(5000, 'x')); });
    return names(says, "cannot be written", "File too large", file_.string()) ? 0 : 1;
  });
  EXPECT_EQ(left, 0) << "the error names path and reason";
  EXPECT_EQ(content(), "old");
  EXPECT_EQ(files(), 1u) << "what was begun is gone";
}

// In a file system of 64 KiB that only the other process sees, where this machine lets it have one
TEST_F(ReplaceFile, KeepsTheOldOneOnAFullDisk) {
  constexpr int kNoDisk = 77;
  const int left = in_another_process([&] {
    const uid_t user = geteuid();
    if (unshare(CLONE_NEWNS | (user == 0 ? 0 : CLONE_NEWUSER)) != 0) return kNoDisk;
    if (user != 0) std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
    if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("none", folder_.c_str(), "tmpfs", 0, "size=64k") != 0)
      return kNoDisk;
    replace_file(file_, std::string(20'000, 'o'));
    const std::string says =
        message_of<CheckpointError>([&] { replace_file(file_, std::string(100'000, 'x')); });
    if (!names(says, "cannot be written", "No space left on device", file_.string())) return 1;
    if (content() != std::string(20'000, 'o')) return 2;
    if (files() != 1) return 3;
    replace_file(file_, std::string(30'000, 'n'));  // what fits still does
    return content() == std::string(30'000, 'n') ? 0 : 4;
  });
  if (left == kNoDisk) GTEST_SKIP() << "no small disk can be had here";
  EXPECT_EQ(left, 0) << "1: the message, 2: the old file, 3: what is beside it, 4: what fits";
}

TEST_F(ReplaceFile, KeepsTheOldOneWhereTheFolderIsClosed) {
  replace_file(file_, "old");
  const int left = in_another_process([&] {
    fs::permissions(folder_, fs::perms(0555));
    if (geteuid() == 0 && setuid(65534) != 0) return 2;  // nothing is closed to root
    const std::string says = message_of<CheckpointError>([&] { replace_file(file_, "new"); });
    return names(says, "cannot be written", "Permission denied", file_.string()) ? 0 : 1;
  });
  EXPECT_EQ(left, 0) << "the error names path and reason";
  EXPECT_EQ(content(), "old");
}

TEST_F(ReplaceFile, SaysWhatIsInItsWay) {
  EXPECT_THAT(message_of<CheckpointError>([&] { replace_file(folder_ / "no/such", "x"); }),
              AllOf(HasSubstr("No such file or directory"), HasSubstr("no/such")));
  fs::create_directory(file_);
  EXPECT_THAT(message_of<CheckpointError>([&] { replace_file(file_, "x"); }),
              AllOf(HasSubstr("cannot be replaced"), HasSubstr("directory")));
  EXPECT_EQ(files(), 1u);
}

// A process is killed at any moment, over and over: one of the two is always there, whole
TEST_F(ReplaceFile, IsWholeWheneverItIsKilled) {
  const std::string one(200'000, '1'), two(150'000, '2');
  replace_file(file_, one);
  int seen_two = 0;
  for (int i = 0; i < 60; ++i) {
    const pid_t pid = fork();
    if (pid == 0) {
      for (;;) {
        replace_file(file_, two);
        replace_file(file_, one);
      }
    }
    usleep(static_cast<useconds_t>(200 + 531 * i % 7000));
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
    const std::string left = content();
    ASSERT_TRUE(left == one || left == two) << left.size() << " bytes, killed in round " << i;
    seen_two += left == two;
  }
  EXPECT_GT(seen_two, 0) << "it was never killed with the other in place";
}

}  // namespace
}  // namespace gradbook
