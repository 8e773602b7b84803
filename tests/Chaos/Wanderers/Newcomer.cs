using System.Diagnostics;
using Google.Protobuf;
using MmoOrleans.Chaos.Histories;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk;

namespace MmoOrleans.Chaos.Wanderers;

/// <summary>An account and its character, both of one name: how they are made, and looked for afterwards.</summary>
internal static class Newcomer
{
    /// <summary>Registers, logs in and makes the character; its id. Asked and made are written down.</summary>
    /// <param name="patience">So long a refusal that says when to come back is obeyed.</param>
    /// <exception cref="MmoException">Refused, or not answered: it may be there or not.</exception>
    public static async Task<ByteString> Make(History history, MmoClient client, Door door, string name, TimeSpan patience = default)
    {
        (await client.ConnectCentralAsync(door.Host, door.Port)).OrThrow();
        history.Add(new Witnessed.Asked(history.Now, name));
        await Ask(() => client.RegisterAsync(name, PasswordOf(name)), patience);
        await Ask(() => client.LoginAsync(name, PasswordOf(name)), patience);
        var made = await Ask(() => client.CreateCharacterAsync(name), patience);
        history.Add(new Witnessed.Made(history.Now, name));
        return made.Character.CharacterId;
    }

    /// <summary>Asks, and asks again when a refusal says so, as a game does.</summary>
    /// <exception cref="MmoException">Refused, or not answered.</exception>
    public static async Task<T> Ask<T>(Func<Task<Sdk.Answer<T>>> ask, TimeSpan patience)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (answer is not Sdk.Answer<T>.Refused { RetryAfter: { Ticks: > 0 } wait } || Stopwatch.GetElapsedTime(began) + wait > patience)
                return answer.OrThrow();
            await Task.Delay(wait);
        }
    }

    /// <summary>Whether the account lets in and has its character, and if it enters, where that stands; tried again for a while.</summary>
    public static async Task Seek(History history, Door door, string name, bool enters)
    {
        for (var tries = 5; ; tries--)
        {
            using var client = new MmoClient(MmoClientOptions.Default);
            var missing = await Missing(history, client, door, name, enters);
            if (missing is not null && tries > 1)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
                continue;
            }
            history.Add(new Witnessed.Sought(history.Now, name, missing));
            return;
        }
    }

    /// <summary>With what a login is refused; null: it is not.</summary>
    public static async Task<ErrorCode?> Refused(Door door, string name)
    {
        using var client = new MmoClient(MmoClientOptions.Default);
        (await client.ConnectCentralAsync(door.Host, door.Port)).OrThrow();
        return await client.LoginAsync(name, PasswordOf(name)) is Sdk.Answer<LoggedIn>.Refused refused ? refused.Code : null;
    }

    private static async Task<string?> Missing(History history, MmoClient client, Door door, string name, bool enters)
    {
        try
        {
            (await client.ConnectCentralAsync(door.Host, door.Port)).OrThrow();
            (await client.LoginAsync(name, PasswordOf(name))).OrThrow();
            var list = (await client.CharactersAsync()).OrThrow();
            if (list.Characters.FirstOrDefault(character => character.Name == name) is not { } character)
                return "it is not among the characters";
            if (!enters)
                return null;
            var visit = (await client.SelectAndEnterAsync(character.CharacterId)).OrThrow();
            history.Add(new Witnessed.Found(history.Now, name, visit.Map, visit.Start.Position));
            return null;
        }
        catch (MmoException refused)
        {
            return refused.Message;
        }
    }

    private static string PasswordOf(string name) => "secret of " + name;
}
