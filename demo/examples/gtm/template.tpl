___TERMS_OF_SERVICE___

By creating or modifying this file you agree to Google Tag Manager's Community
Template Gallery Developer Terms of Service available at
https://developers.google.com/tag-manager/gallery-tos (or such other URL as
Google may provide), as modified from time to time.


___INFO___

{
  "type": "TAG",
  "id": "cvt_temp_public_id",
  "version": 1,
  "securityGroups": [],
  "displayName": "filrouge",
  "brand": { "id": "brand_dummy", "displayName": "" },
  "description": "Loads filrouge from your own receiver, or tells it an event. Change the host under Permissions to yours.",
  "containerContexts": ["WEB"],
  "categories": ["ANALYTICS", "ATTRIBUTION"]
}


___TEMPLATE_PARAMETERS___

[
  {
    "type": "RADIO",
    "name": "action",
    "displayName": "What this tag does",
    "radioItems": [
      { "value": "start", "displayValue": "Start (trigger: Consent Initialization or Initialization, all pages)" },
      { "value": "track", "displayValue": "Track an event" }
    ],
    "simpleValueType": true,
    "defaultValue": "start"
  },
  {
    "type": "TEXT",
    "name": "scriptUrl",
    "displayName": "Address of filrouge.js on your receiver",
    "simpleValueType": true,
    "valueHint": "https://c.shop.example/filrouge.js",
    "valueValidators": [{ "type": "REGEX", "args": ["^https://.+"] }],
    "enablingConditions": [{ "paramName": "action", "paramValue": "start", "type": "EQUALS" }]
  },
  {
    "type": "TEXT",
    "name": "writeKey",
    "displayName": "Write key",
    "simpleValueType": true,
    "valueValidators": [{ "type": "NON_EMPTY" }],
    "enablingConditions": [{ "paramName": "action", "paramValue": "start", "type": "EQUALS" }]
  },
  {
    "type": "TEXT",
    "name": "capture",
    "displayName": "What is captured",
    "simpleValueType": true,
    "defaultValue": "pages links forms datalayer",
    "enablingConditions": [{ "paramName": "action", "paramValue": "start", "type": "EQUALS" }]
  },
  {
    "type": "TEXT",
    "name": "consent",
    "displayName": "Consent platform (google: Google Consent Mode, as this container has it)",
    "simpleValueType": true,
    "defaultValue": "google",
    "enablingConditions": [{ "paramName": "action", "paramValue": "start", "type": "EQUALS" }]
  },
  {
    "type": "TEXT",
    "name": "event",
    "displayName": "Name of the event",
    "simpleValueType": true,
    "valueHint": "Product Added",
    "valueValidators": [{ "type": "NON_EMPTY" }],
    "enablingConditions": [{ "paramName": "action", "paramValue": "track", "type": "EQUALS" }]
  },
  {
    "type": "SIMPLE_TABLE",
    "name": "properties",
    "displayName": "Properties",
    "simpleTableColumns": [
      { "name": "name", "displayName": "Name", "type": "TEXT", "defaultValue": "" },
      { "name": "value", "displayName": "Value", "type": "TEXT", "defaultValue": "" }
    ],
    "enablingConditions": [{ "paramName": "action", "paramValue": "track", "type": "EQUALS" }]
  }
]


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

const callInWindow = require('callInWindow');
const copyFromWindow = require('copyFromWindow');
const createQueue = require('createQueue');
const getTimestampMillis = require('getTimestampMillis');
const getUrl = require('getUrl');
const injectScript = require('injectScript');
const makeTableMap = require('makeTableMap');
const readTitle = require('readTitle');
const setInWindow = require('setInWindow');

// What filrouge's own stub writes down: method, arguments, time, address and title of the moment.
const remember = function (method, args) {
  createQueue('filrouge.q')([method, args, getTimestampMillis(), getUrl(), readTitle()]);
};

if (data.action === 'track') {
  const properties = data.properties ? makeTableMap(data.properties, 'name', 'value') : {};
  if (copyFromWindow('filrouge.track')) callInWindow('filrouge.track', data.event, properties);
  else {
    if (!copyFromWindow('filrouge')) setInWindow('filrouge', {});
    if (!copyFromWindow('filrouge.q')) remember('landing', []);
    remember('track', [data.event, properties]);
  }
  data.gtmOnSuccess();
} else {
  if (!copyFromWindow('filrouge')) setInWindow('filrouge', {});
  if (!copyFromWindow('filrouge.q')) remember('landing', []);
  // GTM cannot write attributes to the script; filrouge reads the same settings here.
  setInWindow('filrouge.data', { writeKey: data.writeKey, capture: data.capture, consent: data.consent });
  injectScript(data.scriptUrl, data.gtmOnSuccess, data.gtmOnFailure, 'filrouge');
}


___WEB_PERMISSIONS___

[
  {
    "instance": {
      "key": { "publicId": "access_globals", "versionId": "1" },
      "param": [
        {
          "key": "keys",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "key" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }, { "type": 1, "string": "execute" }],
                "mapValue": [{ "type": 1, "string": "filrouge" }, { "type": 8, "boolean": true }, { "type": 8, "boolean": true }, { "type": 8, "boolean": false }]
              },
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "key" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }, { "type": 1, "string": "execute" }],
                "mapValue": [{ "type": 1, "string": "filrouge.q" }, { "type": 8, "boolean": true }, { "type": 8, "boolean": true }, { "type": 8, "boolean": false }]
              },
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "key" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }, { "type": 1, "string": "execute" }],
                "mapValue": [{ "type": 1, "string": "filrouge.data" }, { "type": 8, "boolean": true }, { "type": 8, "boolean": true }, { "type": 8, "boolean": false }]
              },
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "key" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }, { "type": 1, "string": "execute" }],
                "mapValue": [{ "type": 1, "string": "filrouge.track" }, { "type": 8, "boolean": true }, { "type": 8, "boolean": false }, { "type": 8, "boolean": true }]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": { "isEditedByUser": true },
    "isRequired": true
  },
  {
    "instance": {
      "key": { "publicId": "inject_script", "versionId": "1" },
      "param": [
        { "key": "urls", "value": { "type": 2, "listItem": [{ "type": 1, "string": "https://c.shop.example/filrouge.js" }] } }
      ]
    },
    "clientAnnotations": { "isEditedByUser": true },
    "isRequired": true
  },
  {
    "instance": {
      "key": { "publicId": "get_url", "versionId": "1" },
      "param": [{ "key": "urlParts", "value": { "type": 1, "string": "any" } }, { "key": "queriesAllowed", "value": { "type": 1, "string": "any" } }]
    },
    "clientAnnotations": { "isEditedByUser": true },
    "isRequired": true
  },
  {
    "instance": { "key": { "publicId": "read_title", "versionId": "1" }, "param": [] },
    "isRequired": true
  }
]


___TESTS___

scenarios: []


___NOTES___

The sandboxed code is run by filrouge's own tests against stand-ins for the sandbox; it has not been run by Google.
