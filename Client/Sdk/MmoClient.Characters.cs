using Google.Protobuf;
using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk;

// At Central: channels and characters.
public sealed partial class MmoClient
{
    /// <summary>The channels with their live counts. Needs no login.</summary>
    public Task<Answer<ChannelList>> ChannelsAsync(CancellationToken cancellation = default) =>
        _loop.Run(() => Ask(new ClientMessage { ListChannels = new ListChannels() }, static message => message.ChannelList, cancellation));

    /// <summary>The account's characters, most recently played first.</summary>
    public Task<Answer<CharacterList>> CharactersAsync(CancellationToken cancellation = default) =>
        _loop.Run(() => Ask(new ClientMessage { ListCharacters = new ListCharacters() }, static message => message.CharacterList, cancellation));

    /// <summary>Makes a character. CHARACTER_NAME_EXISTED, INVALID_CHARACTER_NAME, CHARACTER_SLOTS_FULL, ...</summary>
    /// <param name="name">2 to 16 letters, marks, numbers or _ of any script.</param>
    /// <param name="appearance">Opaque to the server, at most 1024 bytes, shown in the list and to others.</param>
    /// <param name="cancellation">Gives up waiting; the character may have been made.</param>
    public Task<Answer<CharacterCreated>> CreateCharacterAsync(string name, ByteString? appearance = null, CancellationToken cancellation = default) => _loop.Run(() =>
    {
        var create = new CreateCharacter { Name = name, Appearance = appearance ?? ByteString.Empty };
        return Ask(new ClientMessage { CreateCharacter = create }, static message => message.CharacterCreated, cancellation);
    });

    /// <summary>Deletes a character for good. CHARACTER_NOT_FOUND.</summary>
    public Task<Answer<CharacterDeleted>> DeleteCharacterAsync(ByteString characterId, CancellationToken cancellation = default) => _loop.Run(() =>
        Ask(new ClientMessage { DeleteCharacter = new DeleteCharacter { CharacterId = characterId } }, static message => message.CharacterDeleted, cancellation));

    /// <summary>
    /// Chooses the character to play and learns where its map is. Keeps the character and the channel when granted. Enter within
    /// 30 seconds. MAP_SERVER_NOT_READY, CHANNEL_IS_FULL, CHARACTER_NOT_FOUND, ...
    /// </summary>
    public Task<Answer<MapConnection>> SelectCharacterAsync(ByteString characterId, string channelId = "", CancellationToken cancellation = default) =>
        _loop.Run(() => Select(characterId, channelId, cancellation));

    private async Task<Answer<MapConnection>> Select(ByteString characterId, string channelId, CancellationToken cancellation)
    {
        var select = new SelectCharacter { CharacterId = characterId, ChannelId = channelId };
        var answer = await Ask(new ClientMessage { SelectCharacter = select }, static message => message.MapConnection, cancellation);
        if (!answer.IsGranted(out var to)) return answer;

        if (SelectedCharacterId != characterId) _chat.Forget();
        (SelectedCharacterId, SelectedChannelId) = (characterId, to.ChannelId);
        return answer;
    }
}
