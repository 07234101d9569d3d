// What a workshop says of objects that do not link, or that call what they may not.
#include "grading/build/symbols.hpp"
#include "grading/build/workshop.hpp"

namespace gradbook {

std::vector<std::string> Workshop::explain(const Exercise& e, const Compiled& compiled,
                                           const Linked& linked) const {
  std::vector<fs::path> around = frame(Program::public_tests, e);
  if (has_hidden_cases(e)) {
    for (const fs::path& object : frame(Program::worker, e)) around.push_back(object);
  }
  for (const Module& module : book_.modules()) {
    for (const Exercise& other : module.exercises) {
      if (other.id != e.id && module.directory <= e.module && has_reference(other))
        around.push_back(reference_object(other));
    }
  }
  auto sentences = explain_link_failure(e.id, symbols_of({compiled.object}),
                                        symbols_of({interface_object(e)}), symbols_of(around));
  if (book_.module(e.module).kernels) {
    // What has no arguments is no function
    for (std::string& sentence : sentences) {
      if (sentence.ends_with("is called, but nothing defines it") &&
          sentence.find('(') == std::string::npos)
        sentence +=
            ". If it is shared memory whose size the launch says, call it shared or tile, one of "
            "the names that the emulator knows";
    }
  }
  if (sentences.empty()) sentences.push_back("the linker says: " + linked.messages.substr(0, 600));
  return sentences;
}

std::string Workshop::forbidden_call(const Exercise& e, const fs::path& object) const {
  if (e.forbidden.empty()) return "";
  return gradbook::forbidden_call(symbols_of({object}), e.forbidden);
}

}  // namespace gradbook
