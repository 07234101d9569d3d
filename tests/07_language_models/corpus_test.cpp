// The given code that reads a text to learn from: what it takes, and what it refuses with which
// words.
#include "07_language_models/corpus.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "support/messages.hpp"

namespace gradbook {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

// A folder that goes with the test
class ReadCorpus : public testing::Test {
 protected:
  ReadCorpus() {
    std::string pattern = testing::TempDir() + "corpus.XXXXXX";
    folder_ = mkdtemp(pattern.data());
    file_ = (folder_ / "text.txt").string();
  }
  ~ReadCorpus() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  // What is read of a file of these bytes
  std::string read(const std::string& bytes) const {
    std::ofstream(file_, std::ios::binary) << bytes;
    return read_corpus(file_).text;
  }
  // What is said of a file of these bytes
  std::string refusal(const std::string& bytes) const {
    return message_of<CorpusError>([&] { read(bytes); });
  }
  std::string refusal_of(const fs::path& path) const {
    return message_of<CorpusError>([&] { read_corpus(path.string()); });
  }

  fs::path folder_;
  std::string file_;
};

TEST_F(ReadCorpus, TakesAFileOfUtf8) {
  EXPECT_EQ(read("one line"), "one line") << "a line need not end";
  EXPECT_EQ(read("é€𝄞\nß\n"), "é€𝄞\nß\n");
  EXPECT_EQ(read_corpus(file_).name, file_);
  EXPECT_THAT(read_corpus(file_).notice, IsEmpty());
}

TEST_F(ReadCorpus, TakesAFileThatIsLargerThanABlock) {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += std::to_string(i) + (i % 7 == 0 ? "\n" : " ");
  EXPECT_EQ(read(text), text);
}

TEST_F(ReadCorpus, LeavesOutAByteOrderMark) {
  EXPECT_EQ(read("\xEF\xBB\xBFtext"), "text");
  EXPECT_EQ(read("a\xEF\xBB\xBF"), "a\xEF\xBB\xBF") << "it is a mark at the beginning alone";
}

TEST_F(ReadCorpus, TakesLinesOfAnySystem) {
  EXPECT_EQ(read("a\r\nb\r\n"), "a\nb\n") << "Windows";
  EXPECT_EQ(read("a\rb\r"), "a\nb\n") << "an old Macintosh";
  EXPECT_EQ(read("a\n\nb\r\n\r\n"), "a\n\nb\n\n") << "empty lines stay";
}

TEST_F(ReadCorpus, TakesAPipe) {
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe) << "from a program\n"; });
  EXPECT_EQ(read_corpus(pipe.string()).text, "from a program\n");
  writer.join();
}

TEST_F(ReadCorpus, RefusesAnEmptyFile) {
  EXPECT_THAT(refusal(""), AllOf(StartsWith(file_), HasSubstr("is empty")));
  EXPECT_THAT(refusal("\xEF\xBB\xBF"), HasSubstr("is empty")) << "a byte order mark is no text";
}

TEST_F(ReadCorpus, RefusesABinaryFile) {
  EXPECT_THAT(refusal("ab\0c"s), AllOf(StartsWith(file_), HasSubstr("byte 2 is 0")));
  EXPECT_THAT(refusal("\xFF\xFEt\0e\0"s), HasSubstr("byte 3 is 0")) << "UTF-16";
  EXPECT_THAT(refusal("\xEF\xBB\xBF\0"s), HasSubstr("byte 3 is 0")) << "the place in the file";
}

TEST_F(ReadCorpus, RefusesWhatIsNotUtf8) {
  EXPECT_THAT(refusal("one\ntwo caf\xE9\n"),
              AllOf(StartsWith(file_), HasSubstr("line 2"), HasSubstr("byte 11 (233)"),
                    HasSubstr("save the file as UTF-8")))
      << "Latin-1";
  EXPECT_THAT(refusal("\xEF\xBB\xBF"
                      "a\x80"),
              HasSubstr("byte 4 (128)"))
      << "the place in the file";
  EXPECT_THAT(refusal("a\xE2\x82"), HasSubstr("byte 1 (226)")) << "a € that was cut off";
  EXPECT_THAT(refusal("\xC3("), HasSubstr("byte 0 (195)")) << "a first byte without its second";
}

// The table of RFC 3629, section 4, at its edges
TEST_F(ReadCorpus, KnowsTheEdgesOfUtf8) {
  for (const char* good : {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                           "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    EXPECT_EQ(read("x"s + good), "x"s + good);
  for (const char* bad :
       {"\x80", "\xBF", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xC2",
        "\xE0\xA0", "\xF0\x90\x80", "\xE0\xA0x", "\xF0\x90\x80x"})
    EXPECT_THAT(refusal("x"s + bad), HasSubstr("byte 1 ("));
}

TEST_F(ReadCorpus, SaysWhatAPathIsThatIsNoFile) {
  EXPECT_THAT(refusal_of(folder_), AllOf(StartsWith(folder_.string()), HasSubstr("is a folder")));
  EXPECT_THAT(refusal_of(folder_ / "none.txt"),
              AllOf(HasSubstr("none.txt cannot be read"), HasSubstr("No such file or directory")));
  EXPECT_THAT(refusal_of(folder_ / "text.txt/below"), HasSubstr("cannot be read"));
  EXPECT_THAT(refusal_of("/dev/zero"), HasSubstr("is a device")) << "it never ends";
  EXPECT_THAT(refusal_of(""), StartsWith("\"\" cannot be read"));
}

TEST_F(ReadCorpus, SaysWhyAFileIsClosed) {
  read("text");
  fs::permissions(folder_, fs::perms(0711));
  fs::permissions(file_, fs::perms(0200));
  const pid_t pid = fork();
  if (pid == 0) {
    if (geteuid() == 0 && setuid(65534) != 0) _exit(2);  // nothing is closed to root
    _exit(names(refusal_of(file_), "text.txt", "Permission denied") ? 0 : 1);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  EXPECT_EQ(status, 0) << "the error names path and reason";
}

TEST_F(ReadCorpus, ShowsTheEndOfALongName) {
  const fs::path path = folder_ / std::string(200, 'x') / (std::string(180, 'y') + ".txt");
  EXPECT_THAT(refusal_of(path), AllOf(StartsWith("…"), HasSubstr("yyy.txt cannot be read"),
                                      HasSubstr("No such file"), EndsWith("of text")));
  std::string greek;
  for (int i = 0; i < 100; ++i) greek += "ω";
  for (const char* end : {"", "a"}) {
    const std::string says = message_of<CorpusError>([&] { corpus_of(greek + end, ""); });
    EXPECT_THAT(says, AllOf(StartsWith("…ωω"), EndsWith("learn from"))) << "cut between characters";
    EXPECT_EQ(corpus_of("the message", says).text, says) << "which is UTF-8 itself";
  }
}

TEST_F(ReadCorpus, FindsTheSonnetsWhereTheyAre) {
  read("Shall I compare thee");
  const Corpus corpus = sonnets(file_);
  EXPECT_EQ(corpus.name, "Shakespeare's Sonnets");
  EXPECT_EQ(corpus.text, "Shall I compare thee");
  EXPECT_THAT(corpus.notice, IsEmpty());
}

TEST_F(ReadCorpus, HasATextOfItsOwnWhereTheSonnetsAreNot) {
  const Corpus corpus = sonnets((folder_ / "none.txt").string());
  EXPECT_EQ(corpus_of("text", corpus.text).text, corpus.text) << "a corpus as good as any";
  EXPECT_GT(corpus.text.size(), 900u);
  EXPECT_THAT(corpus.name, Not(HasSubstr("Shakespeare")));
  EXPECT_THAT(corpus.notice, AllOf(HasSubstr("Sonnets"), HasSubstr("npm"), Not(HasSubstr("\n"))));
}

TEST_F(ReadCorpus, DoesNotHideThatTheSonnetsAreDamaged) {
  read("text");
  std::ofstream(file_) << "";
  EXPECT_THROW(sonnets(file_), CorpusError);
}

}  // namespace
}  // namespace gradbook
