using Google.Protobuf;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Protocol.Tests.Framing;

public class Parsing
{
    [Fact]
    public void Every_command_survives_the_wire() =>
        Assert.All(Messages.EveryCommand, message =>
        {
            Assert.Equal(ParseStatus.Parsed, ClientMessages.TryParse(message.ToByteArray(), out var parsed));
            Assert.Equal(message, parsed);
        });

    [Fact]
    public void Every_command_of_the_contract_is_among_those_tested()
    {
        var tested = Messages.EveryCommand.Select(message => message.CommandCase).ToHashSet();
        Assert.DoesNotContain(Enum.GetValues<ClientMessage.CommandOneofCase>(), one => one != 0 && !tested.Contains(one));
    }

    [Fact]
    public void No_bytes_are_a_message_without_a_command() =>
        Assert.Equal(ParseStatus.Unknown, ClientMessages.TryParse(Array.Empty<byte>(), out _));

    [Fact]
    public void A_command_from_a_newer_client_is_unknown_and_keeps_its_request_id()
    {
        // Field 1 = 9; field 100, length-delimited, empty.
        Assert.Equal(ParseStatus.Unknown, ClientMessages.TryParse(new byte[] { 0x08, 9, 0xA2, 0x06, 0 }, out var message));
        Assert.Equal(9u, message.RequestId);
    }

    [Theory]
    [InlineData(new byte[] { 0x12 })] // a field without a length
    [InlineData(new byte[] { 0x12, 0x7F, 0x08 })] // a length past the end
    [InlineData(new byte[] { 0x00 })] // field number 0
    [InlineData(new byte[] { 0x07 })] // wire type 7
    [InlineData(new byte[] { 0x0C })] // an end of a group that never began
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })] // a varint of 11 bytes
    public void Bytes_that_are_not_protobuf_are_malformed(byte[] bytes) =>
        Assert.Equal(ParseStatus.Malformed, ClientMessages.TryParse(bytes, out _));

    [Fact]
    public void A_thousand_nested_groups_are_malformed_and_not_a_stack_overflow() =>
        Assert.Equal(ParseStatus.Malformed, ClientMessages.TryParse(Enumerable.Repeat((byte)0xA3, 2000).Select((one, at) => at % 2 == 0 ? one : (byte)0x06).ToArray(), out _));

    [Fact]
    public void Text_that_is_not_UTF8_is_malformed() =>
        Assert.Equal(ParseStatus.Malformed, ClientMessages.TryParse(new byte[] { 0x12, 0x04, 0x1A, 0x02, 0xC3, 0x28 }, out _));

    [Theory]
    [InlineData(1u, 1u, 1u)]
    [InlineData(1u, 9u, 1u)]
    [InlineData(0u, 1u, 1u)]
    [InlineData(2u, 3u, 0u)]
    [InlineData(0u, 0u, 0u)]
    [InlineData(5u, 1u, 0u)]
    public void Both_sides_agree_on_the_newest_version_they_share(uint min, uint max, uint agreed) =>
        Assert.Equal(agreed, ProtocolVersion.Agree(min, max));
}
