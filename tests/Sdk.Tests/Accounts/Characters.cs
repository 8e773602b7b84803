using Google.Protobuf;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Tests.Fakes;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Sdk.Tests.Accounts;

public class Characters
{
    [Fact]
    public void And_channels_are_listed()
    {
        using var story = Story.LoggedIn();
        Assert.Equal("Channel 1", story.Play(story.Client.ChannelsAsync()).OrThrow().Channels[0].Title);
        Assert.Equal(5u, story.Play(story.Client.CharactersAsync()).OrThrow().MaxCharacters);
    }

    [Fact]
    public void Are_made_with_a_name_and_an_appearance()
    {
        using var story = Story.LoggedIn();
        var created = story.Play(story.Client.CreateCharacterAsync("Barone", ByteString.CopyFromUtf8("red"))).OrThrow();
        Assert.Equal("Barone", created.Character.Name);
        Assert.Equal("red", story.Gateway.Last(Command.CreateCharacter).CreateCharacter.Appearance.ToStringUtf8());
    }

    [Fact]
    public void Are_deleted_by_id()
    {
        using var story = Story.LoggedIn();
        Assert.Equal(FakeGateway.Id("barone"), story.Play(story.Client.DeleteCharacterAsync(FakeGateway.Id("barone"))).OrThrow().CharacterId);
    }

    [Fact]
    public void That_were_selected_are_kept_with_their_channel()
    {
        using var story = Story.LoggedIn();
        var to = story.Play(story.Client.SelectCharacterAsync(FakeGateway.Id("barone"))).OrThrow();
        Assert.Equal("Map001", to.Map);
        Assert.Equal((FakeGateway.Id("barone"), "1"), (story.Client.SelectedCharacterId, story.Client.SelectedChannelId));
        Assert.True(story.Client.IsConnectedToCentral);
    }

    [Fact]
    public void That_were_refused_are_not_kept()
    {
        using var story = Story.LoggedIn();
        story.Gateway.Next(Command.SelectCharacter, ErrorCode.ChannelIsFull);
        Assert.Equal(ErrorCode.ChannelIsFull, story.Play(story.Client.SelectCharacterAsync(FakeGateway.Id("barone"), "2")).Code);
        Assert.True(story.Client.SelectedCharacterId.IsEmpty);
    }
}
