using MmoOrleans.ConsoleClient.Output;

namespace MmoOrleans.ConsoleClient.Tests;

public class Output
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Zoë", "Zoë")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("", "\"\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData("a=b", "\"a=b\"")]
    [InlineData("line\nbreak", "\"line\\nbreak\"")]
    public void Values_that_could_be_cut_wrongly_are_JSON_strings(string value, string printed) =>
        Assert.Equal($"item thing key={printed}", OutputLine.Item("thing").With("key", value).ToString());

    [Theory]
    [InlineData(12.5f, "12.50")]
    [InlineData(-0.001f, "0.00")]
    [InlineData(-3.456f, "-3.46")]
    [InlineData(1234567f, "1234567.00")]
    public void Measures_have_a_dot_and_two_decimals(float value, string printed) =>
        Assert.Equal($"ok where x={printed}", OutputLine.Ok("where").With("x", value).ToString());

    [Fact]
    public void Every_line_is_flushed_and_a_sentence_stays_on_its_line()
    {
        var writer = new StringWriter();
        new Transcript(writer, TimeProvider.System).Error("login", "INTERNAL_SERVER_ERROR", "first\nsecond");
        Assert.Equal("error login INTERNAL_SERVER_ERROR first second\n", writer.ToString());
    }
}
