#include "07_language_models/rnn_lm.hpp"

namespace gradbook {
namespace {

const RnnLMOptions& checked(const RnnLMOptions& o) {
  if (o.vocabulary == 0 || o.embedding == 0 || o.hidden == 0)
    throw RangeError("RnnLM: vocabulary ", o.vocabulary, ", embedding ", o.embedding,
                     " and hidden ", o.hidden, " must be at least 1 each");
  if (!(o.dropout >= 0 && o.dropout < 1))
    throw RangeError("RnnLM: dropout is ", o.dropout, ", not in [0, 1)");
  return o;
}

}  // namespace

RnnLM::RnnLM(const RnnLMOptions& options, Random& random)
    : embedding(checked(options).vocabulary, options.embedding, random),
      before(options.dropout, random.bits()),
      after(options.dropout, random.bits()),
      recurrent(make_recurrent(options.cell, options.embedding, options.hidden, random)),
      output(options.hidden, options.vocabulary, random) {
  register_module("embedding", embedding);
  register_module("before", before);
  register_module("recurrent", *recurrent);
  register_module("after", after);
  register_module("output", output);
  begin(1);
}

RnnLM::~RnnLM() = default;
const char* RnnLM::name() const { return "RnnLM"; }

}  // namespace gradbook
