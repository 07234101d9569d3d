#include <utility>

#include "06_training/checkpoint.hpp"

namespace gradbook {

std::string to_bytes(const std::vector<NamedMatrix>& matrices) {
  // SOLUTION BEGIN  what the format lists, in its order; the checksum is of all that was written
  ByteWriter writer;
  writer.text(kCheckpointMark);
  writer.integer(kCheckpointVersion);
  writer.integer(matrices.size());
  for (const auto& [name, matrix] : matrices) {
    writer.text(name);
    writer.integer(matrix->shape(0));
    writer.integer(matrix->shape(1));
    for (const Real number : *matrix) writer.real(number);
  }
  writer.integer(checksum(writer.bytes()));
  return writer.bytes();
  // SOLUTION END
}

void from_bytes(std::string_view bytes, const std::vector<NamedMatrix>& matrices) {
  // SOLUTION BEGIN  read all of it into new matrices, and only then move them to their places
  ByteReader reader(bytes);

  // Is it ours, and does this program know its version?
  ByteWriter mark;
  mark.text(kCheckpointMark);
  if (!bytes.starts_with(mark.bytes()))
    throw CheckpointError("no checkpoint: it does not begin with \"", kCheckpointMark.data(), "\"");
  reader.text();
  if (const std::uint64_t version = reader.integer(); version != kCheckpointVersion)
    throw CheckpointError("it has version ", version, " of the format, and this program reads ",
                          kCheckpointVersion);

  // Is all of it here as it was written?
  const std::string_view summed = bytes.substr(0, bytes.size() - 8);
  if (const auto last = bytes.substr(summed.size()); checksum(summed) != ByteReader(last).integer())
    throw CheckpointError("damaged or truncated: the checksum of its ", bytes.size(),
                          " bytes does not fit");

  // Is it of these matrices?
  if (const std::uint64_t n = reader.integer(); n != matrices.size())
    throw CheckpointError("it has ", n, " matrices, and ", matrices.size(), " are asked for");
  std::vector<Matrix> found;
  for (const auto& [name, matrix] : matrices) {
    if (const std::string other = reader.text(); other != name)
      throw CheckpointError("it has ", other, " where ", name, " is asked for");
    const std::uint64_t rows = reader.integer(), columns = reader.integer();
    if (columns > 0 && rows > reader.left() / 8 / columns)
      throw CheckpointError("truncated: ", rows, " rows of ", columns, " numbers are not there");
    auto numbers = Matrix::from_shape({rows, columns});
    if (numbers.size() > 0 && matrix->size() > 0 && numbers.shape() != matrix->shape())
      throw CheckpointError("the shape of ", name, " is ", shape_of(numbers), " in it, and ",
                            shape_of(*matrix), " here");
    for (Real& number : numbers) number = static_cast<Real>(reader.real());
    found.push_back(std::move(numbers));
  }
  if (reader.left() != 8)
    throw CheckpointError("it has ", reader.left() - 8, " bytes more than it says");
  for (std::size_t i = 0; i < found.size(); ++i) *matrices[i].matrix = std::move(found[i]);
  // SOLUTION END
}

}  // namespace gradbook
