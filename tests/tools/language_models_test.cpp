// run 07: a language model is trained on a small text, asked to go on, and asked for what it cannot
// do. It is built as checks are: that takes less time than the preset fast saves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string some_text(int lines) {
  std::string text;
  for (int i = 0; i < lines; ++i)
    text += i % 3 == 0   ? "the cat sat on the mat,\n"
            : i % 3 == 1 ? "a dog ran by and saw the cat;\n"
                         : "the dog sat on the cat.\n";
  return text;
}

// The program is built, and a model trained, once for all of them
class LanguageModels : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new Folder;
    fs::create_directories(out());
    write("text", some_text(60));
    trained_ = new Completion(
        run({.arguments = {(build_folder() / "gradbook").string(), "--root", root_folder().string(),
                           "--preset", "student", "run", "07", "--out", out().string(), "--corpus",
                           path("text"), "--passes", "3", "--hidden", "12", "--minutes", "1"}}));
  }
  static void TearDownTestSuite() {
    delete trained_;
    delete folder_;
  }

  static fs::path out() { return folder_->path() / "out"; }
  static std::string path(const std::string& name) { return (folder_->path() / name).string(); }
  static std::string write(const std::string& name, const std::string& text) {
    write_atomically(path(name), text);
    return path(name);
  }

  // The program itself, as run calls it
  static Completion program(std::vector<std::string> options) {
    const fs::path program =
        root_folder() / "build/student/exercises/run/07_language_models/07_language_models_main";
    fs::create_directories(path("scratch"));
    options.insert(options.begin(), {program.string(), path("scratch")});
    return run({.arguments = options,
                .environment = {"GRADBOOK_LAST_RUN=" + out().string(),
                                "GRADBOOK_DATA=" + path("no data")}});
  }
  static Completion goes_on(std::vector<std::string> options) {
    options.insert(options.begin(), {"--generate", "the dog"});
    return program(std::move(options));
  }

  // One line, which says this, and the exit status of a program that refuses
  static void expect_refused(const std::vector<std::string>& options, const std::string& says) {
    const Completion c = program(options);
    EXPECT_EQ(c.exit_status, 2) << c.output;
    EXPECT_THAT(c.output, HasSubstr(says));
    EXPECT_EQ(std::ranges::count(c.output, '\n'), 1) << c.output;
  }
  static void expect_refused_corpus(const std::string& text, const std::string& says) {
    expect_refused({"--corpus", write("bad", text)}, says);
  }

  static Folder* folder_;
  static Completion* trained_;
};

Folder* LanguageModels::folder_ = nullptr;
Completion* LanguageModels::trained_ = nullptr;

TEST_F(LanguageModels, TrainAndLeaveTheirFiles) {
  EXPECT_EQ(trained_->exit_status, 0) << trained_->output;
  EXPECT_THAT(trained_->output,
              AllOf(HasSubstr("order  add 0.1  Witten–Bell"), HasSubstr("rnn of 12 units"),
                    HasSubstr("3 of 3 epochs"), HasSubstr("by the best n-gram"),
                    HasSubstr("Which of these is of "), HasSubstr("the text itself")));
  for (const char* file :
       {"language_model.checkpoint", "lm_curves.tsv", "lm_curves.svg", "samples.txt"})
    EXPECT_TRUE(fs::exists(out() / file)) << file;
}

TEST_F(LanguageModels, GoOnWithATextTheSameWayForTheSameSeed) {
  const Completion first = goes_on({"--length", "50"}), second = goes_on({"--length", "50"});
  EXPECT_EQ(first.exit_status, 0) << first.output;
  EXPECT_TRUE(first.output.starts_with("the dog"));
  EXPECT_EQ(first.output.size(), std::string("the dog").size() + 50 + 1);
  EXPECT_EQ(first.output, second.output);
  EXPECT_NE(first.output, goes_on({"--length", "50", "--seed", "2"}).output);
  EXPECT_EQ(goes_on({"--top-k", "1", "--seed", "1"}).output,
            goes_on({"--temperature", "0.5", "--top-k", "1", "--seed", "2"}).output)
      << "the likeliest needs no die";
}

TEST_F(LanguageModels, GoOnThroughRunWithoutTouchingItsFiles) {
  const std::string before = read_file(out() / "language_model.checkpoint");
  const Completion c =
      run({.arguments = {(build_folder() / "gradbook").string(), "--root", root_folder().string(),
                         "--preset", "student", "run", "07", "--out", out().string(), "--generate",
                         "the cat", "--temperature", "0.8", "--length", "20"}});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("\nthe cat"), Not(HasSubstr("samples.txt"))));
  EXPECT_EQ(read_file(out() / "language_model.checkpoint"), before);
}

TEST_F(LanguageModels, ExitWithOneAndOneSentenceWhereRunIsAskedForTooMuch) {
  const Completion c = run({.arguments = {(build_folder() / "gradbook").string(), "--root",
                                          root_folder().string(), "--preset", "student", "run",
                                          "07", "--out", out().string(), "--temperature", "0"}});
  EXPECT_EQ(c.exit_status, 1);
  EXPECT_THAT(c.output, AllOf(HasSubstr("--temperature: 0 is not above 0"),
                              Not(HasSubstr("did not come to its end"))));
}

TEST_F(LanguageModels, RefuseACorpusThatTeachesNothing) {
  expect_refused_corpus("", "bad is empty: give it a text to learn from");
  expect_refused_corpus(std::string("text\0text", 9), "byte 4 is 0, so this is no text");
  expect_refused_corpus("caf\xE9 au lait\n", "byte 3 (233) is not UTF-8");
  expect_refused_corpus("a single line, however long it may be, is no text of lines\n",
                        "has only one line: give it a text of several");
  expect_refused_corpus("\n\n\n\n\n\n\n\n", "with one character there is nothing to predict");
  expect_refused_corpus("a\nb\n", "has 4 characters: at least 40 are needed");
  expect_refused({"--corpus", path("none")}, "none cannot be read");
  expect_refused({"--corpus", folder_->path().string()}, "is a folder: give it a file");
}

TEST_F(LanguageModels, RefuseBatchesLongerThanTheText) {
  expect_refused({"--corpus", path("text"), "--sequences", "4000"},
                 "--sequences 4000: the training text has ");
  expect_refused({"--corpus", path("text"), "--sequences", "10", "--steps", "4000"},
                 "--steps 4000: each of the 10 sequences of the training text has ");
}

TEST_F(LanguageModels, RefuseADieThatCannotBeRolled) {
  for (const char* temperature : {"0", "-1", "nan", "hot"})
    expect_refused({"--temperature", temperature}, "is not above 0");
  for (const char* k : {"0", "-3", "1.5"}) expect_refused({"--top-k", k}, "from 1 on");
  for (const char* p : {"0", "1.1", "-0.2", "nan"}) expect_refused({"--top-p", p}, "(0, 1]");
}

TEST_F(LanguageModels, RefuseOptionsThatMakeNoSense) {
  expect_refused({"--hiden", "12"}, "--hiden");
  expect_refused({"--hidden", "0"}, "--hidden: 0 is no whole number from 1 to 4096");
  expect_refused({"--cell", "neuron"}, "--cell");
  expect_refused({"--passes"}, "--passes");
  expect_refused({"--generate", "the", "--hidden", "12"},
                 "--hidden is for training, and --generate uses what has been trained");
  expect_refused({"--generate", ""}, "an empty text");
}

TEST_F(LanguageModels, RefuseWhatTheModelHasNeverSeen) {
  expect_refused({"--generate", "the zebra"}, "\"z\" at place 4 is none of its");
  expect_refused({"--generate", "the", "--words"}, "knows characters, not words");
  expect_refused({"--generate", "the", "--corpus", write("other", some_text(60) + "zebra\n")},
                 "has another vocabulary than ");
  EXPECT_EQ(goes_on({"--corpus", path("text")}).exit_status, 0) << "the text of its training";
}

TEST_F(LanguageModels, RefuseAModelThatIsDamagedOrNotThere) {
  const fs::path model = out() / "language_model.checkpoint", aside = out() / "aside";
  fs::rename(model, aside);
  expect_refused({"--generate", "the"}, "no model has been trained yet: ./gradbook run 07 trains");
  const std::string bytes = read_file(aside);
  for (const std::string& damaged : {bytes.substr(0, bytes.size() / 2), std::string(),
                                     bytes.substr(0, 100) + "x" + bytes.substr(101)}) {
    write_atomically(model, damaged);
    expect_refused({"--generate", "the"}, "it is damaged, or no language model of gradbook");
  }
  fs::rename(aside, model);
}

TEST_F(LanguageModels, LearnFromEveryCellAndFromWords) {
  for (const char* cell : {"rnn", "gru", "lstm"}) {
    const Completion c = program({"--corpus", path("text"), "--cell", cell, "--hidden", "8",
                                  "--embedding", "4", "--passes", "1", "--words"});
    EXPECT_EQ(c.exit_status, 0) << c.output;
    EXPECT_THAT(c.output, AllOf(HasSubstr(std::string(cell) + " of 8 units"),
                                HasSubstr("bits per held-out word")));
  }
}

TEST_F(LanguageModels, LearnFromATextOfOurOwnWhereTheSonnetsAreNot) {
  const Completion c = program({"--hidden", "4", "--passes", "1"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("the Sonnets are not here"), HasSubstr("npm"),
                              HasSubstr("a short text of our own: ")));
}

}  // namespace
}  // namespace gradbook
